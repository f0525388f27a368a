/// Each entry of the audit trail follows the one that it was made to follow; `AuditTests` catch these.
extension Mutant {
    public static let audit = [
        Mutant(
            "an entry is appended behind whatever came first", "if audit_head(keys[1]) ~= args[1] then return 0 end"),
        Mutant(
            "the head stays where it was",
            "redis.call('SET', audit_head_key(keys[1]), args[2] .. ' ' .. args[3] .. ' ' .. args[4])"),
        Mutant(
            "a head that was taken away begins the trail anew",
            "return string.match(about[index + 1], '^%d+') .. string.sub(NO_ENTRY, 2)", "return NO_ENTRY"),
    ]
}
