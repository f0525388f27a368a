public import Platform
public import RedisClient

/// Deletes the dead letters that a filter means and that were dead when it began. Whoever is killed on the way begins
/// again: what is deleted is not met a second time.
public struct Deletion: Sendable {
    private let filter: DeadFilter
    private let stores: [LetterStore]
    private let rate: ReplayRate?
    private let until: Int
    private let loop: EventLoop

    /// - Parameter until: the time of its beginning, in milliseconds since 1970 by the clock of Redis.
    public init(_ filter: DeadFilter, in stores: [LetterStore], rate: ReplayRate?, until: Int, loop: EventLoop) {
        self.filter = filter
        self.stores = stores.filter { filter.concerns($0.name) }
        self.rate = rate
        self.until = until
        self.loop = loop
    }

    /// - Parameter progress: called with how many are deleted; false ends it.
    /// - Returns: how many were deleted.
    public func run(_ progress: (Int) -> Bool) async throws(RedisError) -> Int {
        var (deleted, pace) = (0, rate.map { Pace($0) })
        for store in stores {
            var scan = LetterScan(store, filter, .oldestFirst, until: until)
            while let portion = try await scan.next() {
                var left = portion.letters[...]
                while !left.isEmpty {
                    let letters = left.prefix(pace?.allowance() ?? .max)
                    deleted += try await store.delete(Array(letters))
                    left = left.dropFirst(letters.count)
                    pace?.take(letters.count)
                    guard progress(deleted) else { return deleted }
                    if let pace { await loop.sleep(for: pace.wait(atMost: .milliseconds(250))) }
                }
            }
        }
        return deleted
    }
}
