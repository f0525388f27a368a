/// Who is forgotten holds nothing.
extension Mutant {
    static let membership = [
        Mutant("a worker leaves with its jobs", "if #held == 0 then break end", "if true then break end"),
        Mutant("a silent worker is forgotten with its jobs", "or pending > 0 or idle", "or idle"),
    ]
}
