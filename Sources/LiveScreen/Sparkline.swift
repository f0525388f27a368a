/// Numbers one after another as a line of small bars.
package enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The newest numbers that fit, at the right; the largest of them is a whole bar, and zero the lowest.
    package static func text(_ values: [Double], width: Int) -> String {
        guard width > 0 else { return "" }
        let shown = values.suffix(width)
        let most = shown.max() ?? 0
        let text = String(shown.map { bar($0, of: most) })
        return String(repeating: " ", count: width - shown.count) + text
    }

    private static func bar(_ value: Double, of most: Double) -> Character {
        guard most > 0, value > 0 else { return bars[0] }
        // What is not nothing does not look like it.
        return bars[max(1, min(bars.count - 1, Int((value / most * Double(bars.count - 1)).rounded())))]
    }
}
