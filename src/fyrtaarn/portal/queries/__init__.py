"""What pages about challenges and solutions read, each with a bounded number of queries."""
