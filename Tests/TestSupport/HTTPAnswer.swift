/// What a server said.
public struct HTTPAnswer: Sendable {
    public let status: Int
    public let fields: [(name: String, value: String)]
    public var body = ""

    init(head: String) throws {
        // Swift takes CR LF for one character.
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw TestFailure("no answer: \(head)")
        }
        self.status = status
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return (parts[0].lowercased(), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
