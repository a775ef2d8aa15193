/** Words from which an invented facility's catalogue is made. */
const split = (text: string) => text.trim().split(/\s+/);

export const GIVEN = split(
  'Ada Aïcha Åsa Benoît Björn Chloé Danuta Elif Émile Farid Freya Gaël Hélène Ignacio Inès Ivo Jürgen Kaoru Léa Lukáš Małgorzata Márta Nils Noémie Øystein Paweł Quentin Renée Rémi Sánchia Søren Tamás Teodor Ulla Víctor Wanda Xenia Yusuf Zoë Žofia',
);

export const FAMILY_BEGIN = split(
  'Aba Ber Cal Dör Eck Fál Grø Hän Ibá Jan Kov Lin Mül Nor Öst Pav Quin Ram Sør Tóm Ur Vál Wój Xan Yıl Zim',
);
export const FAMILY_END = split(
  'ard berg czyk dóttir escu feld gaard holm ić jansen kov lund mann nen ović pez quist rød ström tić ulescu vik wicz yan zić',
);

export const SUBJECTS = split(
  'steel marble perovskite graphene zeolite cathode anode membrane protein ribosome lysozyme collagen bone enamel polymer hydrogel colloid micelle ferrofluid magnet skyrmion superconductor cuprate nickelate titanate ferrite garnet spinel olivine basalt meteorite bronze parchment pigment glass cement clay soil leaf root cellulose lignin starch gluten chocolate ice hydrate hydride catalyst nanoparticle nanowire quantum-dot alloy weld turbine battery electrolyte photovoltaic thermoelectric semiconductor photoresist virus membrane-protein enzyme antibody liposome DNA chromatin peptide amyloid silk keratin cartilage tendon tumour artery placenta fossil amber tooth shell coral diatom feather',
);
export const PROCESSES = split(
  'crack-growth corrosion ageing charging discharge swelling folding aggregation crystallisation nucleation melting solidification diffusion adsorption desorption intercalation oxidation reduction dehydration hydration phase-transition relaxation fatigue creep fracture compression shear annealing sintering deposition etching wetting drying freezing vitrification self-assembly binding catalysis photolysis ionisation excitation demagnetisation ordering disorder fluctuation transport strain texture porosity mineralisation',
);
export const METHODS = split(
  'diffraction tomography spectroscopy reflectometry scattering imaging holography ptychography microscopy crystallography fluorescence absorption polarimetry interferometry radiography laminography topography',
);
export const CONDITIONS = split(
  'in-situ operando time-resolved high-pressure low-temperature cryogenic pulsed-field high-throughput coherent polarised grazing-incidence small-angle wide-angle ultrafast',
);
export const FILLER = split(
  'we propose to measure the structure and dynamics of samples prepared under controlled conditions in order to understand how the response depends on temperature pressure field composition and time the results will be compared with simulations and earlier measurements which left open whether the observed changes are caused by defects interfaces or by the bulk',
);
export const TOWNS = split(
  'Nordhavn Sélestat Żabno Århus Córdoba Győr Łódź Tromsø Ústí Vevey Wörgl Ijmuiden Kraków Lübeck Malmö Nîmes Oulu Porto Québec Rennes',
);
export const TECHNIQUES = [
  ['X-ray diffraction', 'http://purl.org/pan-science/PaNET/PaNET01216'],
  ['x-ray tomography', 'http://purl.org/pan-science/PaNET/PaNET01203'],
  ['small angle scattering', 'http://purl.org/pan-science/PaNET/PaNET01098'],
  ['x-ray fluorescence', 'http://purl.org/pan-science/PaNET/PaNET01113'],
] as const;
