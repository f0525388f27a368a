internal import CertificateTemplates

extension Canvas {
    /// - Parameter width: of a line; of the band, where the border is one.
    func draw(_ style: BorderStyle, on page: PageSize, inset: Double, width: Double) {
        let edge = Box(x: inset, y: inset, width: page.width - 2 * inset, height: page.height - 2 * inset)
        switch style {
        case .line: stroke(edge, width: width)
        case .double:
            stroke(edge, width: width)
            stroke(edge.inset(by: width * 2.2), width: width / 4)
        case .guilloche: drawGuilloche(edge, width)
        case .scalloped:
            scallop(edge, radius: 26)
            stroke(width: width)
            scallop(edge.inset(by: width + 4), radius: 26)
            stroke(width: width / 3)
        }
    }

    /// A band of woven waves between lines, with a rosette in each corner.
    private func drawGuilloche(_ edge: Box, _ width: Double) {
        let inner = edge.inset(by: width)
        stroke(edge, width: 1.1)
        stroke(edge.inset(by: 2.4), width: 0.35)
        stroke(inner, width: 1.1)
        stroke(inner.inset(by: -2.4), width: 0.35)
        let middle = edge.inset(by: width / 2), amplitude = width / 2 - 4.5
        for (length, across) in [(inner.width, false), (inner.height, true)] {
            for isFar in [false, true] {
                saved {
                    if across {
                        translate(isFar ? middle.x + middle.width : middle.x, inner.y)
                        rotate(.pi / 2)
                    } else {
                        translate(inner.x, isFar ? middle.y + middle.height : middle.y)
                    }
                    weave(length: length, amplitude: amplitude)
                }
            }
        }
        for x in [middle.x, middle.x + middle.width] {
            for y in [middle.y, middle.y + middle.height] { corner(x, y, width / 2 - 3) }
        }
    }

    /// Strands of waves that cross, a third of a wave apart, along the x axis.
    private func weave(length: Double, amplitude: Double) {
        let waves = (length / 34).rounded()
        for strand in 0..<3 {
            let shift = Double(strand) / 3
            wave(length: length, waves: waves, amplitude: amplitude, shift: shift)
            wave(length: length, waves: waves, amplitude: amplitude * 0.45, shift: shift + 0.5)
        }
        stroke(width: 0.45)
    }

    /// A sine as curves between its quarters, cut at both ends. The factor makes a cubic curve follow a quarter of a sine.
    private func wave(length: Double, waves: Double, amplitude: Double, shift: Double) {
        let quarter = length / waves / 4, slope = Double.pi / 2 * amplitude / quarter
        let handle = quarter * 0.3642
        func height(_ x: Double) -> Double { amplitude * Self.sine(x / length * waves + shift) }
        func rise(_ x: Double) -> Double { slope * Self.sine(x / length * waves + shift + 0.25) }
        move(0, height(0))
        for step in 0..<Int(waves * 4) {
            let start = Double(step) * quarter, end = start + quarter
            curve(
                start + handle, height(start) + rise(start) * handle, end - handle, height(end) - rise(end) * handle,
                end, height(end))
        }
    }

    private func corner(_ x: Double, _ y: Double, _ radius: Double) {
        saved {
            translate(x, y)
            petals(12, length: radius, width: radius * 0.42)
            stroke(width: 0.4)
            circle(0, 0, radius * 0.28)
            fill()
        }
    }

    /// A frame whose corners are cut by quarters of circles.
    private func scallop(_ box: Box, radius: Double) {
        let (left, top, right, bottom) = (box.x, box.y, box.x + box.width, box.y + box.height)
        move(left + radius, top)
        line(right - radius, top)
        c.cairo_arc_negative(context, right, top, radius, .pi, .pi / 2)
        line(right, bottom - radius)
        c.cairo_arc_negative(context, right, bottom, radius, 1.5 * .pi, .pi)
        line(left + radius, bottom)
        c.cairo_arc_negative(context, left, bottom, radius, 0, -.pi / 2)
        line(left, top + radius)
        c.cairo_arc_negative(context, left, top, radius, .pi / 2, 0)
        close()
    }
}

extension Box {
    func inset(by width: Double) -> Box {
        Box(x: x + width, y: y + width, width: self.width - 2 * width, height: height - 2 * width)
    }
}
