import RedisClient
import TestSupport

/// Calls that are sent on one connection in an order drawn by chance, a few at a time, without waiting for answers.
struct Volley: Sendable {
    private let calls: [[String]]
    private let order: [Int]
    private let portions: [Int]

    init(_ calls: [[String]], using chance: inout SeededGenerator) {
        self.calls = calls
        order = Array(calls.indices).shuffled(using: &chance)
        portions = calls.map { _ in Int.random(in: 1...8, using: &chance) }
    }

    /// - Returns: the answers in the order in which the calls were given.
    func send(through client: RedisClient) async throws -> [RedisValue] {
        var underWay: [RedisAnswer] = []
        var left = order[...]
        for portion in portions where !left.isEmpty {
            var pipeline = RedisPipeline()
            for index in left.prefix(portion) { pipeline.add(calls[index]) }
            left = left.dropFirst(portion)
            underWay.append(try await client.begin(pipeline))
        }
        var values: [RedisValue] = []
        for answer in underWay {
            let reply = try await answer.value()
            if let error = reply.firstError { throw error }
            values += Array(reply.values)
        }
        return zip(order, values).sorted { $0.0 < $1.0 }.map(\.1)
    }
}
