internal import CertificateTemplates

extension TextLayout {
    /// Shrinks the text to a line, down to the smallest size; then wraps it, at the largest size that will do; breaks
    /// words at last.
    /// - Parameter scale: of the page, beside that which the template was made for.
    /// - Returns: whether it fits.
    func fit(_ box: Box, _ style: TextStyle, scale: Double) -> Bool {
        let (size, smallest) = (style.size * scale, style.smallest * scale)
        if fitsLine(box, size, smallest) { return true }
        if style.lines > 1 {
            for step in 0...Self.steps {
                let size = size + (smallest - size) * Double(step) / Double(Self.steps)
                if fits(box, size, style.lines, anywhere: false) { return true }
            }
            return fits(box, smallest, style.lines, anywhere: true)
        }
        return false
    }

    private static let steps = 8

    /// Widths are in proportion to sizes, as letters are not hinted.
    private func fitsLine(_ box: Box, _ size: Double, _ smallest: Double) -> Bool {
        wrap(width: nil, anywhere: false)
        set(size: size)
        let extent = extent
        let shrunk = size * min(1, box.width / extent.width, box.height / extent.height) * (1 - 1e-3)
        if isWithin(box) { return true }
        guard shrunk >= smallest else { return false }
        set(size: shrunk)
        return isWithin(box)
    }

    private func fits(_ box: Box, _ size: Double, _ lines: Int, anywhere: Bool) -> Bool {
        set(size: size)
        wrap(width: box.width, anywhere: anywhere)
        return self.lines <= lines && isWithin(box)
    }

    private func isWithin(_ box: Box) -> Bool {
        let extent = extent
        return extent.width <= box.width && extent.height <= box.height
    }
}
