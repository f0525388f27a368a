public import Jobs

/// A file of dead letters, one ``LetterLine`` a line, checked as a whole before anything of it is stored.
public struct LetterFile: Sendable {
    public let letters: [DeadLetter]

    /// Which line is wrong, and how: one sentence.
    public struct BrokenLine: Error, Sendable, CustomStringConvertible {
        public let number: Int
        public let why: String

        public var description: String { "Line \(number) is no dead letter, for \(why); nothing was imported." }
    }

    /// - Parameter queues: those that letters may be of.
    public init(_ bytes: [UInt8], queues: [QueueName]) throws(BrokenLine) {
        var (letters, seen) = ([DeadLetter](), [LetterID: Int]())
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 13 || $0 == 9 }) {
            let number = index + 1
            let letter: DeadLetter
            do throws(LetterLine.Mistake) { letter = try LetterLine.letter(in: line) } catch {
                throw BrokenLine(number: number, why: error.description)
            }
            guard queues.contains(letter.id.queue) else {
                throw BrokenLine(number: number, why: "the configuration has no queue '\(letter.id.queue)'")
            }
            if let first = seen.updateValue(number, forKey: letter.id) {
                throw BrokenLine(number: number, why: "line \(first) has the same id")
            }
            letters.append(letter)
        }
        self.letters = letters
    }
}
