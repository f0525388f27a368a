/// How a text is set, and how it is made to fit its box.
package struct TextStyle: Sendable, Equatable {
    package enum Alignment: String, Sendable, CaseIterable { case left, center, right }
    package enum Position: String, Sendable, CaseIterable { case top, middle, bottom }

    package var font = FontFamily.sans
    /// In points.
    package var size = 12.0
    /// What the size may shrink to, before the text is wrapped.
    package var smallest = 12.0
    package var bold = false
    package var italic = false
    package var color = Color.black
    package var align = Alignment.center
    package var position = Position.middle
    /// Between letters, in thousandths of the size. Scripts whose letters join are never spaced.
    package var spacing = 0.0
    /// Whether letters may join, as f and i do. Not where each is to be read by itself.
    package var joins = true
    /// How many lines it may be wrapped into.
    package var lines = 1
    /// Of a heading, for those who have the document read to them.
    package var heading = false

    package init() {}
}
