extension String {
    /// With a text in the place of a letter that stands for it.
    func filling(_ place: Character, with text: String) -> String {
        split(separator: place, omittingEmptySubsequences: false).joined(separator: text)
    }
}
