/// The gaps `[[1]]` in the text of a question.
enum MoodleGaps {
    static func numbers(in text: String) -> [Int] {
        text.ranges(of: "[[").compactMap { start in
            let rest = text[start.upperBound...]
            return rest.firstRange(of: "]]").flatMap { Int(rest[..<$0.lowerBound]) }
        }
    }
}
