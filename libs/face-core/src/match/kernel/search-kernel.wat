;; What a gallery spends its time in. All offsets and sizes are in bytes of the imported memory, everything
;; is 64-byte aligned and $numbers, the length of a row, is a multiple of 16.
(module
  (import "segment" "memory" (memory 1 65536 shared))

  ;; The bounding pass: compares an int16 probe with $count int8 rows (a multiple of eight) and writes down every group
  ;; of four rows of which at least one may be as alike as $threshold, that is
  ;;   dot * rowScale * probeScale + rowError >= threshold.
  ;; A group is 32 bytes: the number of its first row, 12 unused bytes, the four products without the error. Gives the
  ;; number of groups.
  ;;
  ;; How memory is read decides the time. Rows lie interleaved, 64 bytes hold 16 numbers of each of four rows, so that
  ;; a group is one stream; four streams side by side take twice as long. Two groups are taken at once, one from each
  ;; half of the rows, which keeps more of the memory busy: a sixth less than one at a time. Two neighbouring groups
  ;; take nearly twice as long, and a longer loop body gains nothing.
  (func (export "scan")
    (param $codes i32) (param $scales i32) (param $errors i32) (param $count i32) (param $numbers i32)
    (param $probe i32) (param $probeScale f32) (param $threshold f32) (param $out i32)
    (result i32)
    (local $row i32) (local $otherRow i32) (local $half i32) (local $others i32)
    (local $at i32) (local $end i32) (local $groups i32) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local $scaleSplat v128) (local $thresholdSplat v128)
    (local.set $scaleSplat (f32x4.splat (local.get $probeScale)))
    (local.set $thresholdSplat (f32x4.splat (local.get $threshold)))
    (local.set $end (i32.add (local.get $probe) (i32.shl (local.get $numbers) (i32.const 1))))
    (local.set $half (i32.shr_u (local.get $count) (i32.const 1)))
    (local.set $others (i32.add (local.get $codes) (i32.mul (local.get $half) (local.get $numbers))))
    (block $done
      (loop $nextGroup
        (br_if $done (i32.ge_u (local.get $row) (local.get $half)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $e (v128.const i32x4 0 0 0 0))
        (local.set $f (v128.const i32x4 0 0 0 0))
        (local.set $g (v128.const i32x4 0 0 0 0))
        (local.set $h (v128.const i32x4 0 0 0 0))
        (local.set $at (local.get $probe))
        (loop $nextNumbers
          (local.set $low (v128.load (local.get $at)))
          (local.set $high (v128.load offset=16 (local.get $at)))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=0 (local.get $codes)) (local.get $low))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $codes)) (local.get $low))))
          (local.set $c (i32x4.add (local.get $c)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=32 (local.get $codes)) (local.get $low))))
          (local.set $d (i32x4.add (local.get $d)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=48 (local.get $codes)) (local.get $low))))
          (local.set $e (i32x4.add (local.get $e)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=0 (local.get $others)) (local.get $low))))
          (local.set $f (i32x4.add (local.get $f)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $others)) (local.get $low))))
          (local.set $g (i32x4.add (local.get $g)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=32 (local.get $others)) (local.get $low))))
          (local.set $h (i32x4.add (local.get $h)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=48 (local.get $others)) (local.get $low))))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $codes)) (local.get $high))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $codes)) (local.get $high))))
          (local.set $c (i32x4.add (local.get $c)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=40 (local.get $codes)) (local.get $high))))
          (local.set $d (i32x4.add (local.get $d)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=56 (local.get $codes)) (local.get $high))))
          (local.set $e (i32x4.add (local.get $e)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $others)) (local.get $high))))
          (local.set $f (i32x4.add (local.get $f)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $others)) (local.get $high))))
          (local.set $g (i32x4.add (local.get $g)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=40 (local.get $others)) (local.get $high))))
          (local.set $h (i32x4.add (local.get $h)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=56 (local.get $others)) (local.get $high))))
          (local.set $codes (i32.add (local.get $codes) (i32.const 64)))
          (local.set $others (i32.add (local.get $others) (i32.const 64)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $nextNumbers (i32.lt_u (local.get $at) (local.get $end))))
        (local.set $otherRow (i32.add (local.get $row) (local.get $half)))
        (local.set $a (call $products (local.get $a) (local.get $b) (local.get $c) (local.get $d)
          (local.get $scales) (local.get $row) (local.get $scaleSplat)))
        (if (call $mayReach (local.get $a) (local.get $errors) (local.get $row) (local.get $thresholdSplat))
          (then
            (i32.store (local.get $out) (local.get $row))
            (v128.store offset=16 (local.get $out) (local.get $a))
            (local.set $out (i32.add (local.get $out) (i32.const 32)))
            (local.set $groups (i32.add (local.get $groups) (i32.const 1)))))
        (local.set $e (call $products (local.get $e) (local.get $f) (local.get $g) (local.get $h)
          (local.get $scales) (local.get $otherRow) (local.get $scaleSplat)))
        (if (call $mayReach (local.get $e) (local.get $errors) (local.get $otherRow) (local.get $thresholdSplat))
          (then
            (i32.store (local.get $out) (local.get $otherRow))
            (v128.store offset=16 (local.get $out) (local.get $e))
            (local.set $out (i32.add (local.get $out) (i32.const 32)))
            (local.set $groups (i32.add (local.get $groups) (i32.const 1)))))
        (local.set $row (i32.add (local.get $row) (i32.const 4)))
        (br $nextGroup)))
    (local.get $groups))

  ;; The four products of a group from the four partial sums of each of its rows.
  (func $products
    (param $a v128) (param $b v128) (param $c v128) (param $d v128)
    (param $scales i32) (param $row i32) (param $probeScale v128) (result v128)
    ;; Transposed while summed: lane n ends as the whole sum of row n.
    (local.set $a (i32x4.add
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
    (local.set $c (i32x4.add
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
    (local.set $a (i32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
    (f32x4.mul
      (f32x4.mul
        (f32x4.convert_i32x4_s (local.get $a))
        (v128.load (i32.add (local.get $scales) (i32.shl (local.get $row) (i32.const 2)))))
      (local.get $probeScale)))

  (func $mayReach (param $products v128) (param $errors i32) (param $row i32) (param $threshold v128) (result i32)
    (v128.any_true (f32x4.ge
      (f32x4.add
        (local.get $products)
        (v128.load (i32.add (local.get $errors) (i32.shl (local.get $row) (i32.const 2)))))
      (local.get $threshold))))

  ;; The exact pass: the float32 inner product of two rows of $bytes bytes. The order of the additions is part of the
  ;; contract, so that every machine gives the same last bit: 16 running sums, number i in sum i mod 16; then sum n
  ;; plus n+4, n+8 plus n+12, those two; then (0 + 1) + (2 + 3).
  (func (export "dot") (param $left i32) (param $right i32) (param $bytes i32) (result f32)
    (local $end i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $left) (local.get $bytes)))
    (loop $nextNumbers
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (v128.load (local.get $left)) (v128.load (local.get $right)))))
      (local.set $b (f32x4.add (local.get $b)
        (f32x4.mul (v128.load offset=16 (local.get $left)) (v128.load offset=16 (local.get $right)))))
      (local.set $c (f32x4.add (local.get $c)
        (f32x4.mul (v128.load offset=32 (local.get $left)) (v128.load offset=32 (local.get $right)))))
      (local.set $d (f32x4.add (local.get $d)
        (f32x4.mul (v128.load offset=48 (local.get $left)) (v128.load offset=48 (local.get $right)))))
      (local.set $left (i32.add (local.get $left) (i32.const 64)))
      (local.set $right (i32.add (local.get $right) (i32.const 64)))
      (br_if $nextNumbers (i32.lt_u (local.get $left) (local.get $end))))
    (local.set $a (f32x4.add
      (f32x4.add (local.get $a) (local.get $b))
      (f32x4.add (local.get $c) (local.get $d))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
      (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))

  ;; Quantises the float32 row at $floats to int8 with one symmetric scale: writes the codes, 16 in every 64 bytes from
  ;; $codes on, and the scale to $scale. Gives the sum of the squared differences between the row and what its codes
  ;; stand for.
  (func (export "quantize")
    (param $floats i32) (param $numbers i32) (param $codes i32) (param $scale i32) (result f32)
    (local $at i32) (local $end i32) (local $largest v128) (local $step v128) (local $inverse v128) (local $sum v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $at (local.get $floats))
    (local.set $end (i32.add (local.get $floats) (i32.shl (local.get $numbers) (i32.const 2))))
    (loop $nextNumbers
      (local.set $largest (f32x4.max (local.get $largest) (f32x4.abs (v128.load (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $nextNumbers (i32.lt_u (local.get $at) (local.get $end))))
    (f32.store (local.get $scale) (f32.div
      (f32.max
        (f32.max (f32x4.extract_lane 0 (local.get $largest)) (f32x4.extract_lane 1 (local.get $largest)))
        (f32.max (f32x4.extract_lane 2 (local.get $largest)) (f32x4.extract_lane 3 (local.get $largest))))
      (f32.const 127)))
    (local.set $step (v128.load32_splat (local.get $scale)))
    (local.set $inverse (f32x4.div (f32x4.splat (f32.const 1)) (local.get $step)))
    (local.set $at (local.get $floats))
    (loop $nextLine
      (local.set $a (f32x4.nearest (f32x4.mul (v128.load offset=0 (local.get $at)) (local.get $inverse))))
      (local.set $b (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $at)) (local.get $inverse))))
      (local.set $c (f32x4.nearest (f32x4.mul (v128.load offset=32 (local.get $at)) (local.get $inverse))))
      (local.set $d (f32x4.nearest (f32x4.mul (v128.load offset=48 (local.get $at)) (local.get $inverse))))
      (v128.store (local.get $codes) (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.trunc_sat_f32x4_s (local.get $a)) (i32x4.trunc_sat_f32x4_s (local.get $b)))
        (i16x8.narrow_i32x4_s
          (i32x4.trunc_sat_f32x4_s (local.get $c)) (i32x4.trunc_sat_f32x4_s (local.get $d)))))
      (local.set $a (f32x4.sub (v128.load offset=0 (local.get $at)) (f32x4.mul (local.get $a) (local.get $step))))
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $a) (local.get $a))))
      (local.set $b (f32x4.sub (v128.load offset=16 (local.get $at)) (f32x4.mul (local.get $b) (local.get $step))))
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $b) (local.get $b))))
      (local.set $c (f32x4.sub (v128.load offset=32 (local.get $at)) (f32x4.mul (local.get $c) (local.get $step))))
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $c) (local.get $c))))
      (local.set $d (f32x4.sub (v128.load offset=48 (local.get $at)) (f32x4.mul (local.get $d) (local.get $step))))
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $d) (local.get $d))))
      (local.set $codes (i32.add (local.get $codes) (i32.const 64)))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br_if $nextLine (i32.lt_u (local.get $at) (local.get $end))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
      (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum))))))
