"""Terms over several years in money, help to get started or rooms, each bound to an effect that is looked at in reviews."""
