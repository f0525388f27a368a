/// How many attempts a letter made: `3`, `3..`, `..3` or `2..4`.
public enum AttemptBounds {
    private static let most = 1_000_000_000

    public static func parse(_ text: String) -> ClosedRange<Int>? {
        guard let dots = text.firstRange(of: "..") else {
            guard let number = Int(text), (0...most).contains(number) else { return nil }
            return number...number
        }
        guard text.count > 2, let lower = bound(text[..<dots.lowerBound], empty: 0),
            let upper = bound(text[dots.upperBound...], empty: most), lower <= upper
        else { return nil }
        return lower...upper
    }

    private static func bound(_ text: Substring, empty: Int) -> Int? {
        guard !text.isEmpty else { return empty }
        guard let number = Int(text), (0...most).contains(number) else { return nil }
        return number
    }
}
