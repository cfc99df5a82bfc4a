"""Settings, addresses and the fyrtaarn command."""
