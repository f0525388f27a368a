/// Where a trail does not fit together: the first place.
public enum AuditFlaw: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is there is no entry.
    case unreadable(number: Int)
    /// Its text is not the one that was hashed, or its number is another one's.
    case changed(number: Int)
    /// It was made to follow another entry than the one before it.
    case unlinked(number: Int)
    /// These are not there, and no pruning signed them off.
    case missing(ClosedRange<Int>)
    /// It is earlier than the one before it.
    case earlier(number: Int)
    /// Entries were pruned, and the last of them was another one than the pruning says.
    case wronglyPruned(through: Int)
    /// The head, which names the last entry, is not there or is no head.
    case noHead
    /// The head, or somebody's copy of an earlier one, names another entry than the one with its number.
    case otherHead(number: Int)
    /// An exported entry is not the one that the trail has.
    case otherTrail(number: Int)

    /// The first entry that it is about.
    public var number: Int? {
        switch self {
        case .unreadable(let number), .changed(let number), .unlinked(let number), .earlier(let number),
            .wronglyPruned(let number), .otherHead(let number), .otherTrail(let number):
            number
        case .missing(let numbers): numbers.lowerBound
        case .noHead: nil
        }
    }

    public var description: String {
        switch self {
        case .unreadable(let number): "Entry \(number) is no entry: somebody wrote there."
        case .changed(let number): "Entry \(number) was changed after it was written."
        case .unlinked(let number):
            "Entry \(number) does not follow entry \(number - 1): one of the two was replaced."
        case .missing(let numbers) where numbers.count == 1: "Entry \(numbers.lowerBound) is missing."
        case .missing(let numbers):
            "The entries \(numbers.lowerBound) to \(numbers.upperBound) are missing."
        case .earlier(let number): "Entry \(number) is earlier than the one before it."
        case .wronglyPruned(let number):
            "The entries up to \(number) were pruned, and were others than those that the pruning signed off."
        case .noHead: "The head of the trail is gone: whether its last entries are there, nobody can tell."
        case .otherHead(let number): "Entry \(number) is another one than the head of the trail was."
        case .otherTrail(let number): "Entry \(number) of the file is not the one that the trail has."
        }
    }
}
