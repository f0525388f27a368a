public import RedisClient

extension RedisServer {
    /// How often each user was denied something, as far as the server remembers: its latest 128 kinds of denials.
    ///
    /// A sign-in that failed stands under the name that was tried.
    public func denials() async throws(RedisError) -> [String: Int] {
        var denials: [String: Int] = [:]
        for entry in try await client.call("ACL", "LOG", "128").elements {
            var fields = entry.elements
            var (user, count) = ("", 0)
            while let name = fields.next()?.string, let value = fields.next() {
                if name == "username" { user = value.string ?? "" }
                if name == "count" { count = value.integer ?? 0 }
            }
            denials[user, default: 0] += count
        }
        return denials
    }
}
