public import RedisClient

extension AuditTrail {
    /// Looks at every entry. Others may append meanwhile.
    /// - Parameter hashes: of entries, by their numbers, as somebody wrote them down before.
    public func verify(knowing hashes: [Int: String] = [:]) async throws(RedisError) -> AuditVerdict {
        let head = try await storedHead()
        var (chain, headsEntry): (AuditChain, SealedEntry?) = (AuditChain(), nil)
        do throws(Doubt) {
            while let portion = try await portion(behind: chain) {
                for found in portion {
                    try Doubt.check { () throws(AuditFlaw) in try chain.add(found.sealed, number: found.number) }
                    if found.number == head?.number { headsEntry = found.sealed }
                    if let hash = hashes[found.number], hash != found.sealed?.hash {
                        throw .flaw(.otherHead(number: found.number))
                    }
                }
            }
            try Doubt.check { () throws(AuditFlaw) in
                try chain.checkBeginning()
                try Self.check(chain, endsWith: head, headsEntry)
                let last = chain.last?.entry.number ?? 0
                if let lost = hashes.keys.max(), lost > last { throw .missing(last + 1...lost) }
            }
            return AuditVerdict(chain, nil)
        } catch {
            switch error {
            case .flaw(let flaw): return AuditVerdict(chain, flaw)
            case .redis(let error): throw error
            }
        }
    }

    /// Verifies what was exported: on its own, and whether the trail ends it in the same way or goes on from it. The rest follows
    /// from that, for each entry holds the hash of the one before.
    public func verify(_ file: AuditFile) async throws(RedisError) -> AuditVerdict {
        guard file.verdict.flaw == nil, let last = file.chain.last, let first = file.chain.first else {
            return file.verdict
        }
        let number = last.entry.number
        let head = try await storedHead()?.number ?? 0
        guard head >= number else {
            return AuditVerdict(file.chain, .missing(max(first.entry.number, head + 1)...number))
        }
        // Where the trail begins behind the file, at the next entry or later, that was pruned.
        guard let found = try await entries(from: number, through: number + 1, limit: 1).first else {
            return file.verdict
        }
        let hash = found.number == number ? found.sealed?.hash : found.sealed?.entry.previous
        guard hash == last.hash else { return AuditVerdict(file.chain, .otherTrail(number: number)) }
        var verdict = file.verdict
        verdict.isInTrail = true
        return verdict
    }

    /// Remembers that all entries up to the last were found as they were written, by the clock of Redis.
    public func remember(_ verdict: AuditVerdict) async throws(RedisError) {
        guard verdict.flaw == nil, let number = verdict.last else { return }
        let time = try await client.call("TIME").elements.compactMap(\.integer)
        guard time.count == 2 else { return }
        _ = try await client.call("SET", Self.verifiedKey, "\(number) \(time[0] * 1000 + time[1] / 1000)")
    }

    /// Up to which entry somebody verified it last, and when, in milliseconds since 1970; nil where nobody did. It tells those
    /// who forget, and is no proof: whoever may write to Redis can write it.
    public func lastVerification() async throws(RedisError) -> (number: Int, milliseconds: Int)? {
        let text = try await client.call("GET", Self.verifiedKey).string ?? ""
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }

    /// The entry that is told to be the last.
    private func storedHead() async throws(RedisError) -> AuditHead? {
        try await client.call("GET", Self.headKey).string.flatMap { AuditHead(text: $0) }
    }

    private func portion(behind chain: AuditChain) async throws(Doubt) -> [Found]? {
        do throws(RedisError) {
            let portion = try await entries(from: (chain.last?.entry.number ?? 0) + 1)
            return portion.isEmpty ? nil : portion
        } catch { throw .redis(error) }
    }

    private static func check(
        _ chain: AuditChain, endsWith head: AuditHead?, _ found: SealedEntry?
    ) throws(AuditFlaw) {
        guard let head else {
            if chain.count > 0 { throw .noHead }
            return
        }
        let last = chain.last?.entry.number ?? 0
        guard last >= head.number else { throw .missing(last + 1...head.number) }
        guard head.number == 0 || found?.hash == head.hash else { throw .otherHead(number: head.number) }
    }

    /// Verifying ends with a flaw, or with Redis.
    private enum Doubt: Error {
        case flaw(AuditFlaw)
        case redis(RedisError)

        static func check(_ body: () throws(AuditFlaw) -> Void) throws(Doubt) {
            do throws(AuditFlaw) { try body() } catch { throw .flaw(error) }
        }
    }
}
