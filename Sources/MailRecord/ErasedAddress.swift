/// What stands for the address of a person who was erased, where it must be known again: see 0010-mail-erasures.sql.
enum ErasedAddress {
    /// In SQL, where `k` is `coursework.mail_suppression_key`: two hashes, as a keyed one is made of (RFC 2104).
    /// - Parameter address: an expression, of an address as ``MailAddress`` writes it.
    static func sql(of address: String) -> String {
        "('erased:' || encode(sha256(k.key || sha256(k.key || convert_to(\(address), 'UTF8'))), 'hex'))"
    }
}
