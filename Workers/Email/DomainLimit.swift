import Jobs

/// What a receiving domain takes: how many mails at once, and how many in a time.
package struct DomainLimit: Sendable, Equatable {
    let concurrency: Int?
    let rate: Rate?

    /// The limit of all mail to the domain, over all workers of a queue.
    func limit(for domain: String) -> Limit {
        Limit("email:\(domain)", concurrency: concurrency, rate: rate)
    }
}

extension DomainLimit: Decodable {
    private enum Key: String, CaseIterable, CodingKey {
        case concurrency, rate, burst
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Key.self, of: "a domain")
        let values = try decoder.container(keyedBy: Key.self)
        concurrency = try values.decodeIfPresent(Int.self, forKey: .concurrency)
        let burst = try values.decodeIfPresent(Int.self, forKey: .burst)
        rate = try values.decodeIfPresent(String.self, forKey: .rate).map { text in
            guard burst.map(Rate.counts.contains) ?? true, let rate = Rate(text, burst: burst) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .rate, in: values,
                    debugDescription: #"write a number of mails in a time, such as "100/1m"."#)
            }
            return rate
        }
        guard concurrency.map((1...Limit.most).contains) ?? (rate != nil) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "write 'concurrency' of at least 1, 'rate' such as \"100/1m\", or both."))
        }
    }
}

/// The limits of receiving domains, as the configuration has them.
struct DomainLimits: Sendable {
    private let limits: [String: DomainLimit]
    /// For each domain that has none of its own.
    private let others: DomainLimit?

    /// Nil when there are none.
    init?(_ limits: [String: DomainLimit]?) {
        guard let limits, !limits.isEmpty else { return nil }
        others = limits["*"]
        self.limits = Dictionary(limits.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }

    /// Those a mail to these addresses needs, each once.
    func limits(for addresses: [String]) -> [Limit] {
        let domains = Set(addresses.compactMap { (try? EmailAddress($0))?.domain.lowercased() })
        return domains.sorted().compactMap { domain in
            (limits[domain] ?? others)?.limit(for: domain)
        }
    }
}
