import Decimals

/// An area of an image, ready to be asked.
struct Area: Sendable {
    private let shape: HotspotShape
    private let coords: [Decimal128]

    init(_ shape: HotspotShape, _ coords: [Decimal128], at path: QuizPath) throws(InvalidDocument) {
        let place = path.key("coords")
        try place.check(
            Self.fits(coords.count, shape), "has \(coords.count) numbers, which is not what \(shape.rawValue) takes")
        try place.check(
            coords.allSatisfy { $0.magnitude <= Point.farthest }, "has a number beyond \(Point.farthest) pixels")
        self.shape = shape
        self.coords = coords
    }

    private static func fits(_ count: Int, _ shape: HotspotShape) -> Bool {
        switch shape {
        case .default: true
        case .rect, .ellipse: count == 4
        case .circle: count == 3
        case .poly: count >= 6 && count % 2 == 0 && count <= 2 * Limits.parts
        }
    }

    /// Borders belong to it.
    func contains(_ point: Point) -> Bool {
        switch shape {
        case .default: true
        case .rect:
            (min(coords[0], coords[2])...max(coords[0], coords[2])).contains(point.x)
                && (min(coords[1], coords[3])...max(coords[1], coords[3])).contains(point.y)
        case .circle: isInEllipse(point, coords[2], coords[2])
        case .ellipse: isInEllipse(point, coords[2], coords[3])
        case .poly: isInPolygon(point)
        }
    }

    /// dx²·b² + dy²·a² <= a²·b²: exact, without a division.
    private func isInEllipse(_ point: Point, _ a: Decimal128, _ b: Decimal128) -> Bool {
        let (dx, dy) = (point.x - coords[0], point.y - coords[1])
        if a == b { return dx * dx + dy * dy <= a * a }
        return dx * dx * (b * b) + dy * dy * (a * a) <= a * a * (b * b)
    }

    /// Counts how often a ray to the right crosses the border: the even-odd rule of SVG and HTML image maps.
    private func isInPolygon(_ point: Point) -> Bool {
        var isInside = false
        var last = corner(coords.count / 2 - 1)
        for index in 0..<coords.count / 2 {
            let next = corner(index)
            // Above zero on one side of the edge, below on the other.
            let side = (next.x - last.x) * (point.y - last.y) - (point.x - last.x) * (next.y - last.y)
            if side.isZero, isBetween(point, last, next) { return true }
            if (last.y > point.y) != (next.y > point.y), (side > 0) == (next.y > last.y), !side.isZero {
                isInside.toggle()
            }
            last = next
        }
        return isInside
    }

    private func corner(_ index: Int) -> Point { Point(x: coords[2 * index], y: coords[2 * index + 1]) }

    private func isBetween(_ point: Point, _ first: Point, _ second: Point) -> Bool {
        (min(first.x, second.x)...max(first.x, second.x)).contains(point.x)
            && (min(first.y, second.y)...max(first.y, second.y)).contains(point.y)
    }
}
