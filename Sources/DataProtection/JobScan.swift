internal import DeadLetters
public import JobQueue
public import Jobs
public import RedisClient

/// Goes through all jobs of a queue, wherever they are, a page at a time: what Redis does for one page takes it well under a
/// millisecond, unless jobs are very large. Jobs that change their place meanwhile may be seen twice, or not at all.
public struct JobScan {
    /// Small, as each job may be as large as a job can be.
    private static let entriesAPage = 50

    public let queue: JobQueue
    private let client: RedisClient

    public init(_ queue: QueueName, client: RedisClient) {
        self.queue = JobQueue(queue, client: client)
        self.client = client
    }

    /// - Parameter most: jobs of each place after which no other page is read; nil reads all.
    public func each(
        in places: [StoredJob.Place] = StoredJob.Place.allCases, atMost most: Int? = nil,
        _ body: (StoredJob) async throws -> Void
    ) async throws {
        for place in places {
            switch place {
            case .ready: try await eachEntry(of: queue.keys.stream, place, most, body)
            case .admitted: try await eachEntry(of: queue.keys.admitted, place, most, body)
            case .outgoing: try await eachEntry(of: queue.keys.outgoing, place, most, body)
            case .later, .blocked, .dead: try await eachField(of: Self.hash(place, of: queue.keys), place, most, body)
            }
        }
    }

    /// What is said of groups of dead letters; the name of each is its fingerprint.
    func eachGroup(_ body: (StoredJob) async throws -> Void) async throws {
        try await eachField(of: queue.keys.deadGroupsAbout, .dead, nil, body)
    }

    static func hash(_ place: StoredJob.Place, of keys: QueueKeys) -> String {
        switch place {
        case .later: keys.laterJobs
        case .dead: keys.deadJobs
        default: keys.blockedJobs
        }
    }

    private func eachEntry(
        of stream: String, _ place: StoredJob.Place, _ most: Int?, _ body: (StoredJob) async throws -> Void
    ) async throws {
        var (first, seen) = ("-", 0)
        while seen < most ?? .max {
            let page = try await client.call("XRANGE", stream, first, "+", "COUNT", "\(Self.entriesAPage)")
            var last: String?
            for value in page.elements {
                var parts = value.elements
                guard let entry = parts.next()?.string else { continue }
                last = entry
                seen += 1
                guard let job = Self.job(entry, parts.next(), place) else { continue }
                try await body(job)
            }
            guard let last else { return }
            first = "(" + last
        }
    }

    private static func job(_ entry: String, _ list: RedisValue?, _ place: StoredJob.Place) -> StoredJob? {
        var fields: [LetterFields.Field] = []
        guard var elements = list?.elements else { return nil }
        while let name = elements.next()?.bytes, let value = elements.next()?.bytes {
            fields.append(.init(name: Array(name), value: Array(value)))
        }
        return StoredJob(place: place, member: entry, fields: LetterFields(fields), packed: [])
    }

    private func eachField(
        of hash: String, _ place: StoredJob.Place, _ most: Int?, _ body: (StoredJob) async throws -> Void
    ) async throws {
        try await client.eachField(of: hash, atMost: most, page: Self.entriesAPage) { member, packed in
            let fields =
                LetterFields(packed: packed) ?? LetterFields([.init(name: Array("args".utf8), value: Array(packed))])
            try await body(StoredJob(place: place, member: member, fields: fields, packed: Array(packed)))
        }
    }
}
