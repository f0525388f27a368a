extension Sequence where Element: Sendable {
    /// Works on a few at once: the next one begins when one is done.
    /// - Parameter onDone: is given how many are done.
    /// - Returns: what came of them, in the order in which they were done.
    @discardableResult
    func concurrently<Result: Sendable>(
        atOnce most: Int, onDone: (Int) async -> Void = { _ in },
        _ work: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { tasks in
            var waiting = makeIterator()
            var results: [Result] = []
            func beginNext() {
                guard let element = waiting.next() else { return }
                tasks.addTask { try await work(element) }
            }
            for _ in 0..<most { beginNext() }
            while let result = try await tasks.next() {
                beginNext()
                results.append(result)
                await onDone(results.count)
            }
            return results
        }
    }
}
