import DeadLetters

/// `--rate N/s`: how fast letters are replayed or deleted.
enum RateArgument {
    static func read(_ arguments: inout Arguments) throws -> ReplayRate? {
        try arguments.option("--rate").map { text in
            guard let rate = ReplayRate(text) else {
                throw CommandFailure(
                    .usage, "--rate must be a number and a time: 50/s, 600/m or 10/h; at most 1000000.")
            }
            return rate
        }
    }
}
