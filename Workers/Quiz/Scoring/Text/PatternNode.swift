/// A part of a pattern.
indirect enum PatternNode {
    case empty
    case take(CharacterKind)
    case sequence([PatternNode])
    case either([PatternNode])
    /// `most` is nothing where there is no end.
    case repeated(PatternNode, least: Int, most: Int?)
}
