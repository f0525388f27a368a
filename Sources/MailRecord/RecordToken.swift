/// Names of attempts, and of those who are nobody any more.
enum RecordToken {
    static func make() -> String {
        String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
    }
}
