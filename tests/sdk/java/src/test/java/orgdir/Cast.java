package orgdir;

/** Who plays in the tests, by account number. */
final class Cast {
    /** The management account. */
    static final String M = "111111111111";
    /** One that is invited. */
    static final String S = "222222222222";
    /** One that stays outside. */
    static final String X = "333333333333";
    /** One that bills only. */
    static final String BILLING = "444444444444";

    private Cast() { }
}
