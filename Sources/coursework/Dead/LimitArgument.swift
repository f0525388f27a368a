/// `--limit N`: how many are shown.
enum LimitArgument {
    static func read(_ arguments: inout Arguments) throws -> Int {
        guard let text = try arguments.option("--limit") else { return 50 }
        guard let limit = Int(text), (1...1_000_000).contains(limit) else {
            throw CommandFailure(.usage, "--limit must be a number from 1 to 1000000.")
        }
        return limit
    }
}
