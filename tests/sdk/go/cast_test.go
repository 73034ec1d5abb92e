package sdk

const (
	accountM = "111111111111" // The management account.
	accountS = "222222222222" // A standalone account, until it is invited.
	accountX = "333333333333" // An account that stays outside.
	accountB = "444444444444" // An organization with consolidated billing only.
)
