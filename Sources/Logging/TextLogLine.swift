/// Renders a log line for a person: the time of day, the level, the message, then `name=value` pairs.
public enum TextLogLine {
    public static func bytes(
        _ time: String, _ level: LogLevel, _ message: String, _ fields: [LogField]
    ) -> [UInt8] {
        let clock = time.split(separator: "T").last?.dropLast() ?? ""
        let name = level.name + String(repeating: " ", count: max(0, 8 - level.name.count))
        let pairs = fields.map { " \($0.name)=\(text(of: $0.value))" }.joined()
        return Array("\(clock) \(name) \(printable(message))\(pairs)\n".utf8)
    }

    private static func text(of value: LogValue) -> String {
        switch value {
        case .string(let string), .verbatim(let string):
            string.contains(" ") ? "\"\(printable(string))\"" : printable(string)
        case .integer(let number): String(number)
        case .number(let number): String((number * 1000).rounded() / 1000)
        case .boolean(let flag): String(flag)
        }
    }

    /// Control characters would reach the terminal as commands.
    private static func printable(_ string: String) -> String {
        String(string.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
    }
}
