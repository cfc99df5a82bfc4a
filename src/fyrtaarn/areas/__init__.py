"""Where: municipalities, their departments, districts and local bodies."""
