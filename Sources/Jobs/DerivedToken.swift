/// Tokens that are known before, since they follow from another's.
package enum DerivedToken {
    /// The token of what belongs to something with a token of its own, and to nothing else; of at most 64 letters.
    package static func of(_ token: String, _ number: Int) -> String {
        guard token.utf8.count > 44 else { return "\(token)-\(number)" }
        // FNV-1a stands for the end of the name, so that long names with one beginning or one end differ.
        let hash = token.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(token.prefix(27))\(hash.hexadecimal)-\(number)"
    }
}
