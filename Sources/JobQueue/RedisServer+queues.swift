public import Jobs
public import RedisClient

extension RedisServer {
    /// Every queue that has jobs on this server, whoever wrote them there and whatever a configuration says. Goes through
    /// all keys in steps of a thousand, so that nobody waits for it.
    public func queues() async throws(RedisError) -> Set<QueueName> {
        var queues: Set<QueueName> = []
        // A queue that nobody serves may have only jobs that wait for their time.
        for pattern in [QueueKeys.stream(of: "*"), QueueKeys.stream(of: "*") + ":later"] {
            var cursor = "0"
            repeat {
                var page = try await client.call("SCAN", cursor, "MATCH", pattern, "COUNT", "1000").elements
                cursor = page.next()?.string ?? "0"
                for key in page.next()?.elements.compactMap(\.string) ?? [] {
                    if let queue = QueueKeys.queue(ofKey: key) { queues.insert(queue) }
                }
            } while cursor != "0"
        }
        return queues
    }
}
