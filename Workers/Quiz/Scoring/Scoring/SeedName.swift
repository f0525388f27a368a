/// What is drawn, such as a question of a section.
struct SeedName: Sendable {
    /// FNV-1a, 64 bits.
    let hash: UInt64

    init(_ name: String) {
        hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
