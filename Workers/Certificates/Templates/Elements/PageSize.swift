/// The size of a page in points (1/72 inch), lying as it is shown.
public struct PageSize: Sendable, Equatable {
    public let width: Double
    public let height: Double

    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// ISO 216, 210 by 297 mm, upright.
    public static let a4 = PageSize(width: 595.28, height: 841.89)
    /// ANSI A, 8.5 by 11 inches, upright.
    public static let letter = PageSize(width: 612, height: 792)

    /// The sizes that have a name, in the order of the documentation.
    public static let named: KeyValuePairs<String, PageSize> = ["A4": .a4, "letter": .letter]

    /// A size by its name, in whatever case.
    public init?(named name: String) {
        guard let size = Self.named.first(where: { $0.key.lowercased() == name.lowercased() }) else { return nil }
        self = size.value
    }

    /// The same paper, lying as another page does.
    public func turned(like other: PageSize) -> PageSize {
        (width > height) == (other.width > other.height) ? self : PageSize(width: height, height: width)
    }
}
