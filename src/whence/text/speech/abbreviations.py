"""Words that a full stop ends without ending the sentence, in the languages that news is often saved in.

Chosen by hand from the style books' lists (AP, Duden, Le petit Robert); without their final full stop, in lower case.
"""
from __future__ import annotations

ALWAYS = frozenset(
    # titles and ranks: a name follows
    "mr mrs ms messrs mme mlle mm dr prof rev fr hon pres gov lt sen sens rep reps gen adm col maj capt cmdr cpl sgt "
    "pfc brig supt det insp amb atty mt ft st ste hr fr frl dhr mevr drs mgr sr sra srta dña sig ing dipl mag "
    # what is followed by a number, a name or more of the same sentence
    "no nos nr nos núm vol vols pp pg fig figs art arts cf v vs viz approx est e.g i.e eg ie ca circa al "
    "z.b d.h u.a z.t bzw ggf vgl sog usw.u ebd evtl inkl zzgl o.ä m.e i.d.r bijv blz dwz d.w.z m.a.w o.a t.a.v "
    "p.ej ej".split()
)
"""Never the end of a sentence."""

SOMETIMES = frozenset(
    "u.s u.k u.n u.s.a e.u d.c l.a n.y u.a.e u.s.s.r a.m p.m b.c a.d ph.d m.d b.a m.a j.d "
    "inc co corp ltd plc llc bros jr sr esq dept univ assn ave blvd rd hwy etc usw bzgl i.r s.a s.p.a n.v b.v "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn "
    "tex vt va wash wis wyo n.h n.j n.m n.c n.d s.c s.d r.i w.va".split()
)
"""The end of a sentence only where the next word is one that begins sentences."""

STARTERS = frozenset(
    "the a an this that these those he she it they we i you there here his her its their our my your who what "
    "when where why how which if in on at by for from with without after before during since while as although "
    "though because but and or so yet still however meanwhile moreover instead also then now today yesterday not "
    "no one some many most several both all each every another other others according under over about among "
    "between despite der die das ein eine er sie es wir ich und aber doch auch in im am nach vor bei mit seit de "
    "het een hij zij ze wij we ik en maar ook na voor bij met sinds le la les un une il elle ils elles nous je et "
    "mais aussi dans après avant avec depuis el los las una él ella ellos nosotros yo y pero también en después "
    "antes con desde".split()
)
"""Words that begin sentences and seldom follow an abbreviation inside one."""

MONTHS = frozenset(
    "januar jänner februar märz april mai juni juli august september oktober november dezember januari februari "
    "maart mei augustus december janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "leden únor január február május június július augusztus szeptember október".split()
)
"""Months after a day's ordinal number ("am 3. März")."""
