/// What `audit export` wrote: lines of JSON, each an entry with its hash.
public struct AuditFile: Sendable {
    let chain: AuditChain
    /// Of the file alone.
    public let verdict: AuditVerdict

    public init(_ bytes: [UInt8]) {
        var chain = AuditChain()
        do throws(AuditFlaw) {
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let sealed = SealedEntry(line: String(decoding: line, as: UTF8.self))
                let expected = (chain.last?.entry.number ?? 0) + 1
                let number = sealed?.entry.number ?? expected
                // The first one may have any number; then one that comes again is none of the chain.
                if chain.count > 0, number < expected { throw .changed(number: number) }
                try chain.add(sealed, number: number)
            }
            verdict = AuditVerdict(chain, nil)
        } catch {
            verdict = AuditVerdict(chain, error)
        }
        self.chain = chain
    }
}
