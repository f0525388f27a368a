extension RandomAccessCollection<UInt8> where Index == Int {
    /// Where a word first stands, or last.
    package func range(of word: String, backwards: Bool = false) -> Range<Int>? {
        let word = Array(word.utf8)
        guard count >= word.count, !word.isEmpty else { return nil }
        let starts = startIndex...(endIndex - word.count)
        let isThere = { (start: Int) in
            self[start] == word[0] && self[start..<(start + word.count)].elementsEqual(word)
        }
        guard let start = backwards ? starts.last(where: isThere) : starts.first(where: isThere) else { return nil }
        return start..<(start + word.count)
    }
}
