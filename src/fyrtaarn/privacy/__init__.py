"""What the law wants of personal data: what is held, copies of it, erasure, retention, and who has looked."""
