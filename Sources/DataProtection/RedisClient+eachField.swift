internal import RedisClient

extension RedisClient {
    /// Goes through a hash page by page (`HSCAN`): what changes meanwhile may be missed, or come twice.
    /// - Parameters:
    ///   - most: fields after which no further page is read; nil for all.
    ///   - page: fields that are asked for at once.
    func eachField(
        of hash: String, atMost most: Int? = nil, page: Int = 100,
        _ body: (_ name: String, _ value: ArraySlice<UInt8>) async throws -> Void
    ) async throws {
        var (cursor, seen) = ("0", 0)
        repeat {
            var answer = try await call("HSCAN", hash, cursor, "COUNT", "\(page)").elements
            cursor = answer.next()?.string ?? "0"
            guard var fields = answer.next()?.elements else { return }
            while let name = fields.next()?.string, let value = fields.next()?.bytes {
                seen += 1
                try await body(name, value)
            }
        } while cursor != "0" && seen < most ?? .max
    }
}
