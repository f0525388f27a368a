internal import DeadLetters
internal import HTTPServer

extension HTTPRequest {
    static let usualLimit = 50
    private static let mostListed = 1000

    /// How many are asked for.
    func limit(usually usual: Int = usualLimit) throws(Refusal) -> Int {
        guard let text = query["limit"] else { return usual }
        guard let limit = Int(text), (1...Self.mostListed).contains(limit) else {
            throw .invalid("limit must be 1 to \(Self.mostListed).")
        }
        return limit
    }

    func time(_ name: String) throws(Refusal) -> FilterTime? { try FilterTime.read(query[name], name) }
}

extension FilterTime {
    static func read(_ text: String?, _ name: String) throws(Refusal) -> FilterTime? {
        guard let text else { return nil }
        guard let time = FilterTime(text) else {
            throw .invalid("\(name) must be a time such as 2026-12-01T08:00:00Z, or how long ago, such as 2h.")
        }
        return time
    }
}
