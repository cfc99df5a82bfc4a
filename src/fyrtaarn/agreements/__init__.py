"""Who promised whom what, until when, reviewed when."""
