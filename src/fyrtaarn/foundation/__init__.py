"""What every room stands on: clock, rules, transitions, history, notices, files, lists, forms, components."""
