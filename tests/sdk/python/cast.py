"""Who plays in the tests, by account number."""

# The management account, one that is invited, one that stays outside, one that bills only.
M, S, X, BILLING = "111111111111", "222222222222", "333333333333", "444444444444"
