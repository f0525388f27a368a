/// What an erasure found, or did, as `erase --json` prints it.
package struct ErasureReport: Codable, Sendable {
    /// False where nothing was changed.
    package let erased: Bool
    /// How much there was, by place.
    package let found: [String: Int]
    /// Where the name still stands: of jobs that are not about the person but mention them.
    package let mentions: [String]
    /// By table: those that name the person.
    package let rows: [String: Int]
    /// Jobs that are sealed with a key that is not here.
    package let unreadable: Int

    package init(erased: Bool, found: [String: Int], mentions: [String], rows: [String: Int], unreadable: Int) {
        (self.erased, self.found, self.mentions) = (erased, found, mentions)
        (self.rows, self.unreadable) = (rows, unreadable)
    }
}
