import CIDN2

/// Host names in any script, `bücher.example`, as the rest of the net knows them: `xn--bcher-kva.example`.
enum DomainName {
    /// The name in ASCII (A-labels, IDNA 2008); nil when there is none.
    static func ascii(_ name: String) -> String? {
        var ascii: UnsafeMutablePointer<UInt8>?
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        guard idn2_lookup_u8(name, &ascii, flags) == IDN2_OK.rawValue, let ascii else { return nil }
        defer { idn2_free(ascii) }
        return String(cString: ascii)
    }
}
