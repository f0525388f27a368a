/// Why a text is no decimal number. The sentence goes on from the text or its place: `'abc' is not a number; …`.
public enum InvalidDecimal: Error, Equatable, CustomStringConvertible {
    case notANumber
    case tooLarge
    case tooSmall

    public var description: String {
        switch self {
        case .notANumber: "is not a number; write one such as 12, -0.5 or 6.02e23"
        case .tooLarge: "is too large; write a number below 1e100"
        case .tooSmall: "is too small; write 0, or a number of at least 1e-100"
        }
    }
}
