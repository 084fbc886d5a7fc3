;; Everything that touches pixels one by one. All places are bytes of the imported memory. A frame is RGB, interleaved, uint8,
;; with at least 8 readable bytes before and behind it. The first 64 bytes of the memory are never written: black.
(module
  (import "pixels" "memory" (memory 1))

  ;; Writes a table of columns or rows: for each of $count points along a side of $length pixels, $step apart, the left or
  ;; upper of its two neighbouring pixels and the weights of both, which sum up to 16384, or less where a pixel outside
  ;; counts as black; with $nearest the edge counts in its place. Pixel 0 spans 0 to 1, the first point is half a step
  ;; from $start.
  (func (export "columns")
    (param $out i32) (param $count i32) (param $start f64) (param $step f64) (param $length i32) (param $nearest i32)
    (local $position f64) (local $index i32) (local $low i32) (local $high i32) (local $at i32)
    (loop $next
      (local.set $position (f64.sub (f64.add (local.get $start) (f64.mul (local.get $step)
        (f64.add (f64.convert_i32_s (local.get $at)) (f64.const 0.5)))) (f64.const 0.5)))
      (local.set $index (i32.trunc_sat_f64_s (f64.floor (local.get $position))))
      (local.set $high (i32.trunc_sat_f64_s (f64.nearest (f64.mul (f64.const 16384)
        (f64.sub (local.get $position) (f64.floor (local.get $position)))))))
      (call $weighed (local.get $index) (local.get $high) (local.get $length) (local.get $nearest))
      (local.set $high)
      (local.set $low)
      (local.set $index)
      (i32.store (local.get $out) (i32.mul (local.get $index) (i32.const 3)))
      (v128.store offset=16 (local.get $out) (i32x4.replace_lane 3
        (i32x4.splat (i32.or (local.get $low) (i32.shl (local.get $high) (i32.const 16)))) (i32.const 0)))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_s (local.get $at) (local.get $count)))))

  (func (export "rows")
    (param $out i32) (param $count i32) (param $start f64) (param $step f64) (param $length i32) (param $nearest i32)
    (param $frame i32) (param $rowBytes i32)
    (local $position f64) (local $index i32) (local $low i32) (local $high i32) (local $at i32)
    (loop $next
      (local.set $position (f64.sub (f64.add (local.get $start) (f64.mul (local.get $step)
        (f64.add (f64.convert_i32_s (local.get $at)) (f64.const 0.5)))) (f64.const 0.5)))
      (local.set $index (i32.trunc_sat_f64_s (f64.floor (local.get $position))))
      (local.set $high (i32.trunc_sat_f64_s (f64.nearest (f64.mul (f64.const 16384)
        (f64.sub (local.get $position) (f64.floor (local.get $position)))))))
      (call $weighed (local.get $index) (local.get $high) (local.get $length) (local.get $nearest))
      (local.set $high)
      (local.set $low)
      (local.set $index)
      (i32.store (local.get $out) (i32.add (local.get $frame) (i32.mul (local.get $rowBytes)
        (select (local.get $index) (i32.const 0) (i32.ge_s (local.get $index) (i32.const 0))))))
      (i32.store offset=4 (local.get $out) (i32.add (local.get $frame) (i32.mul (local.get $rowBytes)
        (select (i32.add (local.get $index) (i32.const 1)) (i32.sub (local.get $length) (i32.const 1))
          (i32.lt_s (i32.add (local.get $index) (i32.const 1)) (local.get $length))))))
      ;; Over 16384 twice: the columns' weights are whole numbers too.
      (f32.store offset=8 (local.get $out) (f32.mul (f32.convert_i32_s (local.get $low)) (f32.const 0x1p-28)))
      (f32.store offset=12 (local.get $out) (f32.mul (f32.convert_i32_s (local.get $high)) (f32.const 0x1p-28)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_s (local.get $at) (local.get $count)))))

  ;; Where a pixel and its next lie with respect to a side: the index that is read, -1 at the least, and both weights.
  (func $weighed (param $index i32) (param $high i32) (param $length i32) (param $nearest i32) (result i32 i32 i32)
    (if (local.get $nearest)
      (then
        (if (i32.lt_s (local.get $index) (i32.const 0))
          (then (return (i32.const 0) (i32.const 16384) (i32.const 0))))
        (if (i32.ge_s (local.get $index) (i32.sub (local.get $length) (i32.const 1)))
          (then (return (i32.sub (local.get $length) (i32.const 1)) (i32.const 16384) (i32.const 0)))))
      (else
        (if (i32.or (i32.lt_s (local.get $index) (i32.const -1)) (i32.ge_s (local.get $index) (local.get $length)))
          (then (return (i32.const 0) (i32.const 0) (i32.const 0))))))
    (local.get $index)
    (select (i32.sub (i32.const 16384) (local.get $high)) (i32.const 0)
      (i32.ge_s (local.get $index) (i32.const 0)))
    (select (local.get $high) (i32.const 0)
      (i32.lt_s (i32.add (local.get $index) (i32.const 1)) (local.get $length))))

  ;; Scales a part of a frame bilinearly to three planes of floats.
  ;;
  ;; $columns: for each column of the result 32 bytes: the place of the left one of two neighbouring pixels within a row
  ;; (i32), 12 unused bytes, then the weights of both as eight int16 l r l r l r 0 0.
  ;; $rows: for each row 16 bytes: the places of the upper and the lower row in memory (i32 each) and their weights (f32).
  ;;
  ;; Eight bytes hold both pixels of a row: widened to int16, ordered r r g g b b, weighted and added in pairs. Four
  ;; columns at a time, then transposed: storing single lanes takes as long as all the rest. Written out, since
  ;; functions are not inlined.
  (func (export "scale")
    (param $columns i32) (param $columnCount i32) (param $rows i32) (param $rowCount i32)
    (param $out i32) (param $outRowBytes i32) (param $planeBytes i32)
    (local $column i32) (local $foursEnd i32) (local $columnsEnd i32) (local $rowsEnd i32) (local $to i32)
    (local $top i32) (local $bottom i32) (local $offset i32) (local $second i32)
    (local $topWeight v128) (local $bottomWeight v128) (local $weights v128) (local $below v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $ab v128) (local $cd v128)
    (local.set $columnsEnd (i32.add (local.get $columns) (i32.shl (local.get $columnCount) (i32.const 5))))
    (local.set $foursEnd (i32.add (local.get $columns)
      (i32.shl (i32.and (local.get $columnCount) (i32.const -4)) (i32.const 5))))
    (local.set $rowsEnd (i32.add (local.get $rows) (i32.shl (local.get $rowCount) (i32.const 4))))
    (local.set $second (i32.shl (local.get $planeBytes) (i32.const 1)))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $rows) (local.get $rowsEnd)))
        (local.set $top (i32.load (local.get $rows)))
        (local.set $bottom (i32.load offset=4 (local.get $rows)))
        (local.set $topWeight (v128.load32_splat offset=8 (local.get $rows)))
        (local.set $bottomWeight (v128.load32_splat offset=12 (local.get $rows)))
        (local.set $to (local.get $out))
        (local.set $column (local.get $columns))
        (block $foursDone (loop $nextFour
          (br_if $foursDone (i32.ge_u (local.get $column) (local.get $foursEnd)))
          (local.set $weights (v128.load offset=16 (local.get $column)))
          (local.set $offset (i32.load offset=0 (local.get $column)))
          (local.set $a (v128.load8x8_u (i32.add (local.get $top) (local.get $offset))))
          (local.set $below (v128.load8x8_u (i32.add (local.get $bottom) (local.get $offset))))
          (local.set $a (f32x4.add
            (f32x4.mul (local.get $topWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $a) (local.get $a)) (local.get $weights))))
            (f32x4.mul (local.get $bottomWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))))
          (local.set $weights (v128.load offset=48 (local.get $column)))
          (local.set $offset (i32.load offset=32 (local.get $column)))
          (local.set $b (v128.load8x8_u (i32.add (local.get $top) (local.get $offset))))
          (local.set $below (v128.load8x8_u (i32.add (local.get $bottom) (local.get $offset))))
          (local.set $b (f32x4.add
            (f32x4.mul (local.get $topWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $b) (local.get $b)) (local.get $weights))))
            (f32x4.mul (local.get $bottomWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))))
          (local.set $weights (v128.load offset=80 (local.get $column)))
          (local.set $offset (i32.load offset=64 (local.get $column)))
          (local.set $c (v128.load8x8_u (i32.add (local.get $top) (local.get $offset))))
          (local.set $below (v128.load8x8_u (i32.add (local.get $bottom) (local.get $offset))))
          (local.set $c (f32x4.add
            (f32x4.mul (local.get $topWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $c) (local.get $c)) (local.get $weights))))
            (f32x4.mul (local.get $bottomWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))))
          (local.set $weights (v128.load offset=112 (local.get $column)))
          (local.set $offset (i32.load offset=96 (local.get $column)))
          (local.set $d (v128.load8x8_u (i32.add (local.get $top) (local.get $offset))))
          (local.set $below (v128.load8x8_u (i32.add (local.get $bottom) (local.get $offset))))
          (local.set $d (f32x4.add
            (f32x4.mul (local.get $topWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $d) (local.get $d)) (local.get $weights))))
            (f32x4.mul (local.get $bottomWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))))
          (local.set $ab (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
          (local.set $cd (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
          (v128.store (local.get $to)
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
          (v128.store (i32.add (local.get $to) (local.get $planeBytes))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd)))
          (v128.store (i32.add (local.get $to) (local.get $second))
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
              (i8x16.shuffle 8 9 10 11 24 25 26 27 0 1 2 3 0 1 2 3 (local.get $a) (local.get $b))
              (i8x16.shuffle 8 9 10 11 24 25 26 27 0 1 2 3 0 1 2 3 (local.get $c) (local.get $d))))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (local.set $column (i32.add (local.get $column) (i32.const 128)))
          (br $nextFour)))
        (block $columnsDone (loop $nextColumn
          (br_if $columnsDone (i32.ge_u (local.get $column) (local.get $columnsEnd)))
          (local.set $weights (v128.load offset=16 (local.get $column)))
          (local.set $offset (i32.load offset=0 (local.get $column)))
          (local.set $a (v128.load8x8_u (i32.add (local.get $top) (local.get $offset))))
          (local.set $below (v128.load8x8_u (i32.add (local.get $bottom) (local.get $offset))))
          (local.set $a (f32x4.add
            (f32x4.mul (local.get $topWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $a) (local.get $a)) (local.get $weights))))
            (f32x4.mul (local.get $bottomWeight) (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))))
          (v128.store32_lane 0 (local.get $to) (local.get $a))
          (v128.store32_lane 1 (i32.add (local.get $to) (local.get $planeBytes)) (local.get $a))
          (v128.store32_lane 2 (i32.add (local.get $to) (local.get $second)) (local.get $a))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (local.set $column (i32.add (local.get $column) (i32.const 32)))
          (br $nextColumn)))
        (local.set $out (i32.add (local.get $out) (local.get $outRowBytes)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
        (br $nextRow))))

  ;; Shrinks a part of a frame to three planes of floats, each value the mean of $points x $points pixels.
  ;; $columns and $rows: places (i32) within a row and of rows in memory, $points for each column and row, -1 where a
  ;; point lies outside the frame and counts as black.
  (func (export "average")
    (param $columns i32) (param $rows i32) (param $size i32) (param $points i32)
    (param $out i32) (param $planeBytes i32)
    (local $u i32) (local $v i32) (local $column i32) (local $columnEnd i32) (local $row i32) (local $rowEnd i32)
    (local $stepBytes i32) (local $rowPlace i32) (local $place i32) (local $point i32) (local $sum v128) (local $share v128)
    (local.set $stepBytes (i32.shl (local.get $points) (i32.const 2)))
    (local.set $share (f32x4.splat (f32.div
      (f32.const 1) (f32.convert_i32_u (i32.mul (local.get $points) (local.get $points))))))
    (loop $nextV
      (local.set $u (i32.const 0))
      (local.set $column (local.get $columns))
      (loop $nextU
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $row (local.get $rows))
        (local.set $rowEnd (i32.add (local.get $row) (local.get $stepBytes)))
        (local.set $columnEnd (i32.add (local.get $column) (local.get $stepBytes)))
        (loop $nextRow
          (local.set $rowPlace (i32.load (local.get $row)))
          (if (i32.ge_s (local.get $rowPlace) (i32.const 0))
            (then
              (local.set $place (local.get $column))
              (loop $nextPoint
                ;; Place 0 is black. At most 64 points: their sum stays within sixteen bits.
                (local.set $point (i32.load (local.get $place)))
                (local.set $sum (i16x8.add (local.get $sum) (i16x8.extend_low_i8x16_u (v128.load32_zero
                  (select (i32.add (local.get $rowPlace) (local.get $point)) (i32.const 0)
                    (i32.ge_s (local.get $point) (i32.const 0)))))))
                (local.set $place (i32.add (local.get $place) (i32.const 4)))
                (br_if $nextPoint (i32.lt_u (local.get $place) (local.get $columnEnd))))))
          (local.set $row (i32.add (local.get $row) (i32.const 4)))
          (br_if $nextRow (i32.lt_u (local.get $row) (local.get $rowEnd))))
        (local.set $sum (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $sum))) (local.get $share)))
        (v128.store32_lane 0 (local.get $out) (local.get $sum))
        (v128.store32_lane 1 (i32.add (local.get $out) (local.get $planeBytes)) (local.get $sum))
        (v128.store32_lane 2 (i32.add (local.get $out) (i32.shl (local.get $planeBytes) (i32.const 1))) (local.get $sum))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $column (local.get $columnEnd))
        (local.set $u (i32.add (local.get $u) (i32.const 1)))
        (br_if $nextU (i32.lt_u (local.get $u) (local.get $size))))
      (local.set $rows (i32.add (local.get $rows) (local.get $stepBytes)))
      (local.set $v (i32.add (local.get $v) (i32.const 1)))
      (br_if $nextV (i32.lt_u (local.get $v) (local.get $size)))))

  ;; Warps a part of a frame bilinearly to $size x $size RGB bytes, rounded; outside the frame is black. Pixel (u, v) of
  ;; the result lies at ($x0 + $xu u + $xv v, $y0 + $yu u + $yv v) of the frame, centres being whole numbers. Writes
  ;; one byte behind the result.
  (func (export "warp")
    (param $frame i32) (param $width i32) (param $height i32) (param $size i32) (param $out i32)
    (param $xu f64) (param $xv f64) (param $x0 f64) (param $yu f64) (param $yv f64) (param $y0 f64)
    (local $u i32) (local $v i32) (local $x i64) (local $y i64) (local $xStep i64) (local $yStep i64)
    (local $left i32) (local $top i32) (local $fx i32) (local $low i32) (local $high i32)
    (local $upper f32) (local $lower f32) (local $place i32) (local $rowBytes i32) (local $weights v128)
    (local $above v128) (local $below v128)
    (local.set $rowBytes (i32.mul (local.get $width) (i32.const 3)))
    ;; Places in units of 2^-32 pixels: they add up without rounding, so that a part of a frame gives the same crop as the
    ;; whole.
    (local.set $xStep (i64.trunc_sat_f64_s (f64.nearest (f64.mul (local.get $xu) (f64.const 0x1p32)))))
    (local.set $yStep (i64.trunc_sat_f64_s (f64.nearest (f64.mul (local.get $yu) (f64.const 0x1p32)))))
    (loop $nextV
      (local.set $u (i32.const 0))
      (local.set $x (i64.trunc_sat_f64_s (f64.nearest (f64.mul (f64.const 0x1p32) (f64.add (local.get $x0)
        (f64.mul (local.get $xv) (f64.convert_i32_s (local.get $v))))))))
      (local.set $y (i64.trunc_sat_f64_s (f64.nearest (f64.mul (f64.const 0x1p32) (f64.add (local.get $y0)
        (f64.mul (local.get $yv) (f64.convert_i32_s (local.get $v))))))))
      (loop $nextU
        (local.set $left (i32.wrap_i64 (i64.shr_s (local.get $x) (i64.const 32))))
        (local.set $top (i32.wrap_i64 (i64.shr_s (local.get $y) (i64.const 32))))
        (if (i32.and
              (i32.and (i32.ge_s (local.get $left) (i32.const -1)) (i32.lt_s (local.get $left) (local.get $width)))
              (i32.and (i32.ge_s (local.get $top) (i32.const -1)) (i32.lt_s (local.get $top) (local.get $height))))
          (then
            ;; A pixel outside the frame has no weight; its neighbour in memory is read in its place.
            (local.set $fx (i32.shr_u (i32.wrap_i64 (local.get $x)) (i32.const 18)))
            (local.set $low (select (i32.sub (i32.const 16384) (local.get $fx)) (i32.const 0)
              (i32.ge_s (local.get $left) (i32.const 0))))
            (local.set $high (select (local.get $fx) (i32.const 0)
              (i32.lt_s (i32.add (local.get $left) (i32.const 1)) (local.get $width))))
            (local.set $weights (i32x4.splat
              (i32.or (local.get $low) (i32.shl (local.get $high) (i32.const 16)))))
            (local.set $lower (f32.mul (f32.const 0x1p-14)
              (f32.convert_i32_u (i32.shr_u (i32.wrap_i64 (local.get $y)) (i32.const 18)))))
            (local.set $upper (select (f32.sub (f32.const 1) (local.get $lower)) (f32.const 0)
              (i32.ge_s (local.get $top) (i32.const 0))))
            (local.set $lower (select (local.get $lower) (f32.const 0)
              (i32.lt_s (i32.add (local.get $top) (i32.const 1)) (local.get $height))))
            (local.set $place (i32.add (local.get $frame) (i32.add
              (i32.mul (local.get $top) (local.get $rowBytes))
              (i32.mul (local.get $left) (i32.const 3)))))
            (if (i32.lt_s (local.get $top) (i32.const 0))
              (then (local.set $place (i32.add (local.get $place) (local.get $rowBytes)))))
            (local.set $above (v128.load8x8_u (i32.add (local.get $place) (i32.const 0))))
            (local.set $above (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $above) (local.get $above)) (local.get $weights))))
            (if (i32.eq (i32.add (local.get $top) (i32.const 1)) (local.get $height))
              (then (local.set $place (i32.sub (local.get $place) (local.get $rowBytes)))))
            (if (i32.lt_s (local.get $top) (i32.const 0))
              (then (local.set $place (i32.sub (local.get $place) (local.get $rowBytes)))))
            (local.set $below (v128.load8x8_u (i32.add (local.get $place) (local.get $rowBytes))))
            (local.set $below (f32x4.convert_i32x4_s (i32x4.dot_i16x8_s
              (i8x16.shuffle 0 1 6 7 2 3 8 9 4 5 10 11 12 13 14 15 (local.get $below) (local.get $below)) (local.get $weights))))
            (local.set $above (i32x4.trunc_sat_f32x4_s (f32x4.add (f32x4.splat (f32.const 0.5)) (f32x4.mul
              (f32x4.splat (f32.const 0x1p-14))
              (f32x4.add
                (f32x4.mul (f32x4.splat (local.get $upper)) (local.get $above))
                (f32x4.mul (f32x4.splat (local.get $lower)) (local.get $below)))))))
            (local.set $above (i16x8.narrow_i32x4_s (local.get $above) (local.get $above)))
            (v128.store32_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $above) (local.get $above))))
          (else (i32.store (local.get $out) (i32.const 0))))
        (local.set $x (i64.add (local.get $x) (local.get $xStep)))
        (local.set $y (i64.add (local.get $y) (local.get $yStep)))
        (local.set $out (i32.add (local.get $out) (i32.const 3)))
        (local.set $u (i32.add (local.get $u) (i32.const 1)))
        (br_if $nextU (i32.lt_u (local.get $u) (local.get $size))))
      (local.set $v (i32.add (local.get $v) (i32.const 1)))
      (br_if $nextV (i32.lt_u (local.get $v) (local.get $size)))))

  ;; Spreads $count RGB pixels to three planes of floats, factor * value + term, both in the order red, green, blue;
  ;; reads one byte behind the last.
  (func (export "planes")
    (param $pixels i32) (param $count i32) (param $red i32) (param $green i32) (param $blue i32)
    (param $redFactor f32) (param $greenFactor f32) (param $blueFactor f32)
    (param $redTerm f32) (param $greenTerm f32) (param $blueTerm f32)
    (local $end i32) (local $value v128) (local $factors v128) (local $terms v128)
    (local.set $end (i32.add (local.get $pixels) (i32.mul (local.get $count) (i32.const 3))))
    (local.set $factors (f32x4.replace_lane 2 (f32x4.replace_lane 1
      (f32x4.splat (local.get $redFactor)) (local.get $greenFactor)) (local.get $blueFactor)))
    (local.set $terms (f32x4.replace_lane 2 (f32x4.replace_lane 1
      (f32x4.splat (local.get $redTerm)) (local.get $greenTerm)) (local.get $blueTerm)))
    (loop $next
      (local.set $value (f32x4.add (local.get $terms) (f32x4.mul (local.get $factors)
        (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u
          (v128.load32_zero (local.get $pixels))))))))
      (v128.store32_lane 0 (local.get $red) (local.get $value))
      (v128.store32_lane 1 (local.get $green) (local.get $value))
      (v128.store32_lane 2 (local.get $blue) (local.get $value))
      (local.set $red (i32.add (local.get $red) (i32.const 4)))
      (local.set $green (i32.add (local.get $green) (i32.const 4)))
      (local.set $blue (i32.add (local.get $blue) (i32.const 4)))
      (local.set $pixels (i32.add (local.get $pixels) (i32.const 3)))
      (br_if $next (i32.lt_u (local.get $pixels) (local.get $end)))))

  ;; Turns one row of luma and chroma into RGB: r = y + $vr v, g = y + $ug u + $vg v, b = y + $ub u with
  ;; y = (luma - $black) * $gain and u, v about 128. A chroma sample serves two pixels; samples of one kind are
  ;; $chromaStep bytes apart. $count is even. Writes one byte behind the last pixel.
  (func (export "rgb")
    (param $luma i32) (param $u i32) (param $v i32) (param $chromaStep i32) (param $count i32) (param $out i32)
    (param $black f32) (param $gain f32) (param $vr f32) (param $ug f32) (param $vg f32) (param $ub f32)
    (local $end i32) (local $offset v128) (local $fromU v128) (local $fromV v128)
    (local.set $end (i32.add (local.get $luma) (local.get $count)))
    (local.set $fromU (f32x4.replace_lane 2 (f32x4.replace_lane 1 (f32x4.splat (f32.const 0)) (local.get $ug))
      (local.get $ub)))
    (local.set $fromV (f32x4.replace_lane 1 (f32x4.replace_lane 0 (f32x4.splat (f32.const 0)) (local.get $vr))
      (local.get $vg)))
    (loop $next
      (local.set $offset (f32x4.add
        (f32x4.splat (f32.sub (f32.const 0.5) (f32.mul (local.get $black) (local.get $gain))))
        (f32x4.add
          (f32x4.mul (local.get $fromU)
            (f32x4.splat (f32.convert_i32_s (i32.sub (i32.load8_u (local.get $u)) (i32.const 128)))))
          (f32x4.mul (local.get $fromV)
            (f32x4.splat (f32.convert_i32_s (i32.sub (i32.load8_u (local.get $v)) (i32.const 128))))))))
      (call $pixelOf (local.get $out) (i32.load8_u (local.get $luma)) (local.get $gain) (local.get $offset))
      (call $pixelOf (i32.add (local.get $out) (i32.const 3)) (i32.load8_u offset=1 (local.get $luma))
        (local.get $gain) (local.get $offset))
      (local.set $luma (i32.add (local.get $luma) (i32.const 2)))
      (local.set $u (i32.add (local.get $u) (local.get $chromaStep)))
      (local.set $v (i32.add (local.get $v) (local.get $chromaStep)))
      (local.set $out (i32.add (local.get $out) (i32.const 6)))
      (br_if $next (i32.lt_u (local.get $luma) (local.get $end)))))

  (func $pixelOf (param $out i32) (param $luma i32) (param $gain f32) (param $offset v128)
    (local $pixel v128)
    ;; Floored, for the offset carries a half; below zero and above 255 the narrowing holds.
    (local.set $pixel (i32x4.trunc_sat_f32x4_s (f32x4.floor (f32x4.add (local.get $offset)
      (f32x4.splat (f32.mul (local.get $gain) (f32.convert_i32_u (local.get $luma))))))))
    (local.set $pixel (i16x8.narrow_i32x4_s (local.get $pixel) (local.get $pixel)))
    (v128.store32_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $pixel) (local.get $pixel)))))
