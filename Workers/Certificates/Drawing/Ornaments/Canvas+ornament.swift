internal import CertificateTemplates
internal import Glibc

extension Canvas {
    func draw(_ ornament: Ornament, in box: Box, _ color: Color) {
        set(color)
        saved {
            switch ornament {
            case .flourish:
                translate(box.x + box.width / 2, box.y + box.height / 2)
                drawFlourish(halfWidth: box.width / 2, halfHeight: box.height / 2)
            case .waves:
                translate(box.x, box.y)
                drawWaves(box.width, box.height)
            case .rosette, .seal, .rings:
                translate(box.x + box.width / 2, box.y + box.height / 2)
                drawRound(ornament, radius: min(box.width, box.height) / 2, color)
            }
        }
    }

    private func drawRound(_ ornament: Ornament, radius: Double, _ color: Color) {
        switch ornament {
        case .rosette: drawRosette(radius)
        case .seal: drawSeal(radius, color)
        default: drawRings(radius, color)
        }
    }

    private func drawRosette(_ radius: Double) {
        petals(36, length: radius, width: radius * 0.34)
        petals(24, length: radius * 0.62, width: radius * 0.3)
        petals(12, length: radius * 0.34, width: radius * 0.2)
        stroke(width: max(0.25, radius / 260))
    }

    /// Ellipses about the middle, each turned a little more than the last.
    /// - Parameter length: half of an ellipse's length.
    func petals(_ count: Int, length: Double, width: Double) {
        let handle = 0.5523
        for index in 0..<count {
            saved {
                rotate(.pi * Double(index) / Double(count))
                move(length, 0)
                curve(length, width * handle, length * handle, width, 0, width)
                curve(-length * handle, width, -length, width * handle, -length, 0)
                curve(-length, -width * handle, -length * handle, -width, 0, -width)
                curve(length * handle, -width, length, -width * handle, length, 0)
                close()
            }
        }
    }

    private func drawSeal(_ radius: Double, _ color: Color) {
        star(points: 44, outer: radius, inner: radius * 0.91)
        fill()
        c.cairo_set_source_rgb(context, 1, 1, 1)
        circle(0, 0, radius * 0.82)
        stroke(width: radius / 60)
        circle(0, 0, radius * 0.77)
        stroke(width: radius / 150)
        petals(20, length: radius * 0.74, width: radius * 0.3)
        stroke(width: radius / 220)
        circle(0, 0, radius * 0.4)
        fill()
        set(color)
        circle(0, 0, radius * 0.36)
        stroke(width: radius / 90)
        star(points: 5, outer: radius * 0.26, inner: radius * 0.26 * 0.382)
        fill()
    }

    private func star(points: Int, outer: Double, inner: Double) {
        for index in 0..<(2 * points) {
            let turn = Double(index) / Double(2 * points) - 0.25, radius = index % 2 == 0 ? outer : inner
            let (x, y) = (radius * Self.sine(turn + 0.25), radius * Self.sine(turn))
            if index == 0 { move(x, y) } else { line(x, y) }
        }
        close()
    }

    private func drawFlourish(halfWidth: Double, halfHeight: Double) {
        let (w, h) = (halfWidth, halfHeight)
        for side in [-1.0, 1.0] {
            move(side * h * 1.6, 0)
            curve(side * w * 0.35, -h * 0.9, side * w * 0.55, h * 0.9, side * w * 0.86, h * 0.05)
            curve(side * w * 0.97, -h * 0.3, side * w, h * 0.75, side * w * 0.9, h * 0.6)
            curve(side * w * 0.85, h * 0.5, side * w * 0.87, h * 0.2, side * w * 0.91, h * 0.26)
            stroke(width: 0.9)
            circle(side * h * 1.35, 0, h * 0.13)
            fill()
        }
        move(0, -h * 0.8)
        line(h * 0.8, 0)
        line(0, h * 0.8)
        line(-h * 0.8, 0)
        close()
        fill()
    }

    private func drawWaves(_ width: Double, _ height: Double) {
        let lines = 16, step = width / 4
        for index in 0..<lines {
            let share = Double(index) / Double(lines - 1), y = height * (0.2 + 0.6 * share)
            let swing = height * 0.55 * Self.sine(share / 2 + 0.1)
            move(0, y)
            for part in 0..<4 {
                let x = Double(part) * step, up = part % 2 == 0 ? -swing : swing
                curve(x + step * 0.36, y + up, x + step * 0.64, y + up, x + step, y)
            }
        }
        stroke(width: 0.5)
    }

    private func drawRings(_ radius: Double, _ color: Color) {
        for index in 0..<5 {
            set(color, alpha: 0.75 - 0.14 * Double(index))
            let share = Double(index) / 5
            circle(radius * share * 0.5, -radius * share * 0.5, radius * (0.5 - 0.06 * Double(index)))
            stroke(width: radius / 40)
        }
    }

    /// Of turns: a whole one is 1.
    static func sine(_ turns: Double) -> Double { sin(turns * 2 * .pi) }
}
