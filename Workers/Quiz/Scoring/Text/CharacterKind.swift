/// Which characters may stand in a place.
indirect enum CharacterKind: Sendable {
    case any
    case one(Character)
    case range(Character, Character)
    case digit, word, space
    case anyOf([CharacterKind])
    case not(CharacterKind)

    func contains(_ character: Character) -> Bool {
        switch self {
        case .any: true
        case .one(let wanted): wanted == character
        case .range(let first, let last): first <= character && character <= last
        case .digit: ("0"..."9").contains(character)
        case .word: character.isLetter || character.isNumber || character == "_"
        case .space: character.isWhitespace
        case .anyOf(let kinds): kinds.contains { $0.contains(character) }
        case .not(let kind): !kind.contains(character)
        }
    }
}
