/// What a producer may write that is no proper job, and what the queue makes of its counters.
struct MalformedEntry: Sendable {
    var fields: [String]
    var type: String?
    var args: String?
    var attempt = 1
    var crashes = 0
    var snoozes = 0

    static let all: [MalformedEntry] = [
        MalformedEntry(fields: ["args", "{}"], args: "{}"),
        MalformedEntry(fields: ["type", "t.x"], type: "t.x"),
        MalformedEntry(
            fields: ["type", "t.x", "args", "{}", "attempt", "many", "crashes", "some", "snoozes", "nan"],
            type: "t.x", args: "{}"),
        MalformedEntry(
            fields: ["type", "t.x", "args", "{}", "attempt", "-5", "crashes", "1.5", "snoozes", "1e300"],
            type: "t.x", args: "{}"),
        MalformedEntry(
            fields: ["type", "t.x", "args", "{}", "attempt", "4", "crashes", "1", "snoozes", "2"],
            type: "t.x", args: "{}", attempt: 4, crashes: 1, snoozes: 2),
        MalformedEntry(
            fields: ["type", "t.x", "args", "{}"] + (0..<4500).flatMap { ["field\($0)", "v"] },
            type: "t.x", args: "{}"),
    ]
}
