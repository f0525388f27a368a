/// A rectangle on a page in points (1/72 inch), from the upper left corner.
package struct Box: Sendable, Equatable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The largest rectangle of this shape in the middle of another.
    package func fitted(in other: Box) -> Box {
        let scale = min(other.width / width, other.height / height)
        let (width, height) = (width * scale, height * scale)
        return Box(
            x: other.x + (other.width - width) / 2, y: other.y + (other.height - height) / 2, width: width,
            height: height)
    }
}
