/// `--limit N`: how many are shown.
enum LimitArgument {
    static func read(_ arguments: inout Arguments, usually: Int = 50, most: Int = 1_000_000) throws -> Int {
        guard let text = try arguments.option("--limit") else { return usually }
        guard let limit = Int(text), (1...most).contains(limit) else {
            throw CommandFailure(.usage, "--limit must be a number from 1 to \(most).")
        }
        return limit
    }
}
