extension VideoFacts {
    /// For tests of what is made of it.
    package init(
        width: Int, height: Int, pixelAspect: Double = 1, rotation: Int = 0, frameRate: FrameRate?,
        averageRate: FrameRate?, isStill: Bool = false
    ) {
        (index, codec, pixelFormat) = (0, "h264", "yuv420p")
        (self.width, self.height, self.pixelAspect, self.rotation) = (width, height, pixelAspect, rotation)
        (self.frameRate, self.averageRate) = (frameRate, averageRate)
        (isInterlaced, transfer, primaries, duration, self.isStill) = (false, .standard, nil, nil, isStill)
        (ticks, start) = (90_000, nil)
    }
}
